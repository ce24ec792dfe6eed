// @ts-check
/* Hears clicks on our links: those that change the page in view, and those to another page. */
export default function ({ data, setTriggerValue }) {
  // The address that the reader came by, put right in its place: no step of its own. They may have
  // gone on since: this script is fetched while they click.
  const same = (one, other) =>
    JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
  const here = data.came && same(Object.fromEntries(new URLSearchParams(location.search)), data.came);
  if (here && location.search !== data.settled) {
    history.replaceState(history.state, "", location.pathname + data.settled);
  }
  // Streamlit keeps only the last of several quick values: each carries those before it.
  const clicks = (document.chuangtuClicks ||= []);
  const press = (event) => {
    const link = event.target.closest?.("a[role][data-put]");
    if (!link || event.key !== " ") return;
    event.preventDefault();
    link.click();
  };
  const linkUnder = (event) => event.target.closest?.("a[data-put]");
  const down = (event) => {
    document.chuangtuPressed = linkUnder(event);
  };
  // A link drawn anew between press and release gets no click; to the reader it is the same.
  const up = (event) => {
    const [pressed, link] = [document.chuangtuPressed, linkUnder(event)];
    document.chuangtuPressed = null;
    const anew = pressed && link && link !== pressed && !pressed.isConnected;
    if (!anew || link.dataset.put !== pressed.dataset.put) return;
    follow(event);
    // Should the browser send the click all the same, it is not a second one.
    document.chuangtuFollowed = link;
    setTimeout(() => {
      document.chuangtuFollowed = null;
    });
  };
  const cancel = () => {
    document.chuangtuPressed = null;
  };
  // A step of the history as the browser itself makes one: Streamlit shows what the address says.
  const turn = (link) => {
    if (link.href === location.href) return;
    history.pushState(null, "", link.href);
    dispatchEvent(new PopStateEvent("popstate", { state: null }));
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  };
  const follow = (event) => {
    const link = linkUnder(event);
    if (link && link === document.chuangtuFollowed) {
      event.preventDefault();
      return;
    }
    const aside = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    const page = event.target.closest?.("a[data-page]");
    if (page && !aside) {
      event.preventDefault();
      turn(page);
      return;
    }
    if (!link || aside) return;
    event.preventDefault();
    const last = clicks.length ? clicks.at(-1).at : 0;
    clicks.push({ at: Math.max(Date.now(), last + 1), put: link.dataset.put });
    clicks.splice(0, clicks.length - 20);
    setTriggerValue("put", clicks.map(({ at, put }) => `${at} ${put}`).join("\n"));
    // On a phone the map that the link marks is far above the list.
    const frame = /(^|&)mark=[^&]/.test(link.dataset.put) && innerWidth < 700 && document.querySelector(".ct-map");
    if (frame) frame.scrollIntoView({ block: "center" });
  };
  // The page runs this again and again: only the latest listener may answer.
  const listeners = {
    pointerdown: down,
    pointerup: up,
    pointercancel: cancel,
    click: follow,
    keydown: press,
  };
  for (const [type, listener] of Object.entries(listeners)) {
    const before = (document.chuangtuListeners ||= {})[type];
    if (before) document.removeEventListener(type, before);
    document.chuangtuListeners[type] = listener;
    document.addEventListener(type, listener);
  }
}
