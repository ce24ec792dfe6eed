// @ts-check
/* Streamlit changes its own colours without a run of the page: ours, and the map's, follow with one. */
export default function ({ data, setTriggerValue }) {
  const dark = getComputedStyle(document.querySelector(".stApp")).colorScheme === "dark";
  const wanted = dark === data.dark ? null : dark;
  if (wanted !== null && document.chuangtuWanted !== wanted) setTriggerValue("changed", wanted);
  document.chuangtuWanted = wanted;
}
