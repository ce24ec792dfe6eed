// @ts-check
/* Writes where a map was moved to into the address, in its place, and tells the session. */
const REST = 250; // ms: a movement has come to its end

export default function ({ data, setStateValue }) {
  const book = (document.chuangtuPositions ||= { sent: "", timer: 0, hears: [] });
  // By the maps themselves (layers/js/transport/position.js): one may speak before this is fetched.
  const told = () => (document.chuangtuTold ||= {});
  // A map that the reader has left may still speak: only for the page and place in view.
  const here = (of) => {
    const { pathname, searchParams } = new URL(of, location.href);
    const now = new URLSearchParams(location.search);
    return (
      pathname === location.pathname && [...searchParams].every(([name, value]) => (now.get(name) ?? "") === value)
    );
  };
  const write = () => {
    clearTimeout(book.timer);
    book.timer = 0;
    for (const [name, { of, at }] of Object.entries(told())) {
      if (!here(of) || (new URLSearchParams(location.search).get(name) ?? "") === at) continue;
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
    const news = Object.entries(told()).some(([name, { of, at }]) => here(of) && at !== data[name]);
    const sent = JSON.stringify(told());
    if (!news || sent === book.sent) return;
    book.sent = sent;
    setStateValue("told", JSON.parse(sent));
  };
  const hear = () => {
    clearTimeout(book.timer);
    book.timer = setTimeout(write, REST);
  };
  // What the reader does next is done from where the map is now.
  const flush = () => {
    if (book.timer) write();
  };
  // Another step of the history has a position of its own.
  const forget = () => {
    clearTimeout(book.timer);
    document.chuangtuTold = {};
    Object.assign(book, { sent: "", timer: 0 });
  };
  for (const [type, heard] of book.hears) removeEventListener(type, heard, true);
  book.hears = [
    ["chuangtu:position", hear],
    ["pointerdown", flush],
    ["keydown", flush],
    ["popstate", forget],
  ];
  for (const [type, heard] of book.hears) addEventListener(type, heard, true);
  if (!book.timer) write();
}
