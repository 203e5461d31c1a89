import { createApp } from 'vue';
import App from './App.vue';
import { apolloKey } from './app/apollo.ts';
import { startAppearance } from './app/appearance.ts';
import { createApolloClient } from './app/client.ts';
import { i18n, showLanguage } from './app/i18n.ts';
import { startingLanguage } from './app/language.ts';
import { loadSession } from './app/load-session.ts';
import { createAdminRouter } from './app/router.ts';
import { createSession, sessionKey } from './app/session.ts';
import { vuetify } from './app/vuetify.ts';

const client = createApolloClient({
  onSignedOut: () => {
    if (session.session.value) session.forget();
  },
});
const session = createSession(() => loadSession(client));
const router = createAdminRouter(session);

startAppearance();
await showLanguage(startingLanguage());
createApp(App)
  .use(vuetify)
  .use(i18n)
  .use(router)
  .provide(apolloKey, client)
  .provide(sessionKey, session)
  .mount('#admin');
