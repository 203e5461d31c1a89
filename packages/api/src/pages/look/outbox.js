// Looks for new messages once a second and puts them on the page; without this script the page reloads itself.
const shown = document.getElementById('messages');

async function refresh() {
  if (document.hidden) return;
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const fresh = page.getElementById('messages');
  if (fresh !== null && shown !== null && fresh.innerHTML !== shown.innerHTML)
    shown.replaceChildren(...fresh.childNodes);
}

setInterval(() => refresh().catch(() => undefined), 1000);
