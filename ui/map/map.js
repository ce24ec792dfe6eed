// @ts-check
/* The map in the page: its scripts and styles are fetched once, then every run repaints it. */
const fetched = (document.chuangtuAssets ||= new Map());

const once = (address, fetching) => {
  if (!fetched.has(address)) {
    const coming = fetching(new URL(address, document.baseURI));
    coming.catch(() => fetched.delete(address)); // the next run asks again
    fetched.set(address, coming);
  }
  return fetched.get(address);
};

const script = (address) =>
  new Promise((resolve, reject) => {
    // Without a bundle the map's own scripts are modules; they wait for Leaflet before them.
    const type = new URL(address).origin === location.origin ? "module" : "";
    const element = Object.assign(document.createElement("script"), {
      src: address,
      type,
      async: false,
      onload: resolve,
      onerror: () => {
        element.remove();
        reject(new Error(`${address} was not found.`));
      },
    });
    document.head.append(element);
  });

const sheet = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} was not found.`);
  return new CSSStyleSheet().replace(await answer.text());
};

export default async function ({ data, parentElement, setTriggerValue }) {
  const turn = (parentElement.chuangtuTurn = {});
  const scripts = data.js.map((address) => once(address, script));
  const sheets = await Promise.all(data.css.map((address) => once(address, sheet)));
  await Promise.all(scripts);
  if (parentElement.chuangtuTurn !== turn) return; // a later run shows the map, and takes it out
  const [options, base, paint] = [data.options, data.base, data.paint].map((part) => JSON.parse(part));
  return window.chuangtu.show(parentElement, { options, base, paint }, sheets, (clicked) =>
    setTriggerValue("clicked", clicked),
  );
}
