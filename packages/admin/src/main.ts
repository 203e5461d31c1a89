import { createApp } from 'vue';
import App from './App.vue';
import { apolloKey } from './app/apollo.ts';
import { startAppearance } from './app/appearance.ts';
import { createApolloClient } from './app/client.ts';
import { i18n, showLanguage } from './app/i18n.ts';
import { startingLanguage } from './app/language.ts';
import { loadSession } from './app/load-session.ts';
import { createAdminRouter, signInFor } from './app/router.ts';
import { createSession, sessionKey } from './app/session.ts';
import { vuetify } from './app/vuetify.ts';
import { takesFocus } from './ui/takes-focus.ts';

const client = createApolloClient({ onSignedOut: () => void askToSignIn() });
const session = createSession(() => loadSession(client));
const router = createAdminRouter(session);

/** The session is over: whatever page is open, a person signs in again and comes back to it. */
async function askToSignIn(): Promise<void> {
  if (!session.session.value) return;
  session.forget();
  // Nothing a person saw stays for the next one at this screen.
  await client.clearStore();
  const { meta, fullPath } = router.currentRoute.value;
  if (meta.bare !== true) await router.replace(signInFor(fullPath));
}

startAppearance();
await showLanguage(startingLanguage());
createApp(App)
  .use(vuetify)
  .use(i18n)
  .use(router)
  .directive('takes-focus', takesFocus)
  .provide(apolloKey, client)
  .provide(sessionKey, session)
  .mount('#admin');
