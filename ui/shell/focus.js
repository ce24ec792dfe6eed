// @ts-check
/* A button that a run takes away, or switches off, leaves the focus to the next one that stays; a link
   that is drawn anew, to itself. Who works with a mouse looks where they are: the page does not scroll there.
   T leads from a map to the table that says the same; Escape closes the card of what is selected. */
const HOME = '[class*="st-key-"], [data-testid="stMain"]';
const HELD = '[data-testid="stMain"] :is(button, a[data-put])';
const TABLE_LINK = "a.ct-table-link";
const TABLES = `.ct-cluster-list, .ct-results, .ct-elements, .ct-nearest, .ct-peers, .ct-heat, .ct-bars,
  .st-key-intake_table`;
const CLOSE = "a.ct-close";
const PATIENCE = 120; // ms without a change of the page: what comes with the run is there

export default function () {
  let held = null;
  let waiting = 0;
  const gone = (button) => !button.isConnected || button.disabled;
  const usable = (control) => !gone(control) && control.checkVisibility();
  const links = (home) => [...(home?.querySelectorAll("a[data-put]") || [])];
  const take = ({ target }) => {
    const button = target.closest?.(HELD);
    const homes = [];
    for (let at = button?.closest(HOME); at; at = at.parentElement?.closest(HOME)) homes.push(at);
    held = button && {
      button,
      homes,
      place: links(homes[0]).indexOf(button),
      preventScroll: !button.matches(":focus-visible"),
      every: [...document.querySelectorAll('[data-testid="stMain"] :is(button, a[href])')],
    };
  };
  const leave = () => {
    if (!held || !gone(held.button)) return;
    const { button, homes, place, every, preventScroll } = held;
    held = null;
    if (![document.body, button].includes(document.activeElement)) return;
    // One that is ticked says another thing then, one that opens may lead elsewhere.
    const same = (link) => link.dataset.put === button.dataset.put || link.textContent === button.textContent;
    const again = links(homes[0]).filter(same);
    const anew = again.find((link) => links(homes[0]).indexOf(link) === place) || again[0];
    if (place >= 0 && anew) {
      anew.focus({ preventScroll });
      return;
    }
    const at = every.indexOf(button);
    const near = [...every.slice(at + 1), ...every.slice(0, at).reverse()].filter(usable);
    const next = homes.map((home) => near.find((control) => home.contains(control))).find(Boolean);
    next?.focus({ preventScroll });
  };
  const watch = new MutationObserver(() => {
    if (!held || !gone(held.button)) return;
    clearTimeout(waiting);
    waiting = window.setTimeout(leave, PATIENCE);
  });
  const twin = (event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    const typing = event.composedPath()[0].matches?.("input, textarea, select");
    if (key.toLowerCase() !== "t" || ctrlKey || metaKey || altKey || typing) return;
    if (!target.closest?.(".ct-map")) return;
    const link = document.querySelector(TABLE_LINK);
    const table = [...document.querySelectorAll(TABLES)].find((each) => each.checkVisibility());
    if (link instanceof HTMLElement) link.click();
    else if (table instanceof HTMLElement) {
      table.tabIndex = -1;
      table.focus();
      table.scrollIntoView({ block: "center" });
    }
  };
  const close = ({ key, target }) => {
    const open = [...document.querySelectorAll('[data-testid="stPopoverBody"], [role="dialog"], [role="listbox"]')];
    if (key !== "Escape" || target.closest?.("input, textarea, select") || open.some((each) => each.checkVisibility()))
      return;
    const link = [...document.querySelectorAll(CLOSE)].find((each) => each.checkVisibility());
    if (link instanceof HTMLElement) link.click();
  };
  // A press beside all of them says that the reader is elsewhere.
  const aside = ({ target }) => {
    if (!target.closest?.(HELD)) held = null;
  };
  document.chuangtuFocus?.();
  document.addEventListener("focusin", take);
  document.addEventListener("pointerdown", aside);
  document.addEventListener("keydown", twin);
  document.addEventListener("keydown", close);
  watch.observe(document.body, { subtree: true, childList: true, attributeFilter: ["disabled"] });
  document.chuangtuFocus = () => {
    document.removeEventListener("focusin", take);
    document.removeEventListener("pointerdown", aside);
    document.removeEventListener("keydown", twin);
    document.removeEventListener("keydown", close);
    watch.disconnect();
  };
}
