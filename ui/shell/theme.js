// @ts-check
/* Streamlit changes its own colours without a run of the page: ours, and the map's, follow with one.
   Not while the page is turned: what is sent then still names the page that the reader has left. A run that
   comes all at once changes no state of the script: what it sends here, another number, says that it came. */
const REST = 150; // ms without a run: none is on its way

export default function ({ data, setTriggerValue }) {
  const app = document.querySelector(".stApp");
  const state = (document.chuangtuTheme ||= { sent: null, turning: false, timer: 0, run: "" });
  const resting = () => app.dataset.testScriptState === "notRunning";
  const follow = () => {
    if (state.turning || !resting()) return;
    const dark = getComputedStyle(app).colorScheme === "dark";
    const wanted = dark === data.dark ? null : dark;
    if (wanted !== null && state.sent !== wanted) setTriggerValue("changed", wanted);
    state.sent = wanted;
  };
  const wait = () => {
    clearTimeout(state.timer);
    state.timer = window.setTimeout(follow, REST);
  };
  // A step to a part of the same page, by a link with #, is no turn.
  const turn = () => {
    state.turning = !location.hash;
    state.sent = null; // what was asked for a moment ago is lost with the page
  };
  const run = () => {
    state.turning = false;
    wait();
  };
  if (state.run !== data.run) state.turning = false;
  state.run = data.run;
  state.leave?.();
  const watch = new MutationObserver(run);
  watch.observe(app, { attributeFilter: ["data-test-script-state"] });
  addEventListener("popstate", turn, true);
  state.leave = () => {
    watch.disconnect();
    removeEventListener("popstate", turn, true);
  };
  wait();
}
