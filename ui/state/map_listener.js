// @ts-check
/* Writes where a map was moved to into the address, in its place, and tells the session for the link that is copied. */
const REST = 250; // ms: a movement has come to its end

export default function ({ data, setStateValue }) {
  const state = (document.chuangtuPositionListener ||= { sent: "", timer: 0, listeners: [] });
  // By the maps themselves (layers/js/transport/position.js): one may speak before this is fetched.
  const positions = () => (document.chuangtuMapPositions ||= {});
  // A map that the reader has left may still speak: only for the page and place in view.
  const inView = (of) => {
    const { pathname, searchParams } = new URL(of, location.href);
    const now = new URLSearchParams(location.search);
    return (
      pathname === location.pathname && [...searchParams].every(([name, value]) => (now.get(name) ?? "") === value)
    );
  };
  const write = () => {
    clearTimeout(state.timer);
    state.timer = 0;
    for (const [name, { of, at }] of Object.entries(positions())) {
      if (!inView(of) || (new URLSearchParams(location.search).get(name) ?? "") === at) continue;
      // The rest of the address stays as it is written.
      const parts = location.search
        .slice(1)
        .split("&")
        .filter((part) => part && !part.startsWith(`${name}=`));
      if (at) parts.push(`${name}=${at}`);
      history.replaceState(
        history.state,
        "",
        location.pathname + (parts.length ? `?${parts.join("&")}` : "") + location.hash,
      );
    }
  };
  const tell = () => {
    const moved = Object.entries(positions()).some(([name, { of, at }]) => inView(of) && at !== data.positions[name]);
    const sent = JSON.stringify(positions());
    if (!moved || sent === state.sent) return;
    state.sent = sent;
    setStateValue("positions", JSON.parse(sent));
  };
  const wait = () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(write, REST);
  };
  // What the reader does next is done from where the map is now; the link they copy leads there.
  const act = ({ target }) => {
    write();
    if (target.closest?.(`.st-key-${data.copies}`)) tell();
  };
  // Another step of the history has a position of its own.
  const forget = () => {
    clearTimeout(state.timer);
    document.chuangtuMapPositions = {};
    Object.assign(state, { sent: "", timer: 0 });
  };
  for (const [type, listener] of state.listeners) removeEventListener(type, listener, true);
  state.listeners = [
    ["chuangtu:position", wait],
    ["pointerdown", act],
    ["keydown", act],
    ["popstate", forget],
  ];
  for (const [type, listener] of state.listeners) addEventListener(type, listener, true);
  if (!state.timer) write();
}
