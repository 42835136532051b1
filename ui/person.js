// Keeps the reader's name in this browser for a year, where the next visit finds it.
export default drawn((section, { data }) => {
  if (!data.name) return;
  document.cookie = `pilcrow_person=${encodeURIComponent(data.name)}; max-age=31536000; path=/; samesite=lax`;
});
