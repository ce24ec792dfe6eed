// @ts-check
/* Streamlit changes its own colours without a run of the page: ours, and the map's, follow with one.
   Not while the page is turned: what is sent then still names the page that the reader has left. */
const REST = 150; // ms without a run: none is on its way

export default function ({ data, setTriggerValue }) {
  const app = document.querySelector(".stApp");
  const state = (document.chuangtuTheme ||= { sent: null, turning: false, timer: 0 });
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
  };
  const run = () => {
    state.turning = false;
    wait();
  };
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
