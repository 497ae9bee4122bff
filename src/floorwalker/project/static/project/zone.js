// The zone of this browser is the likely zone of the centre; it is chosen beforehand and can be changed.

const select = document.querySelector("select[data-zone-guess]");
const guess = Intl.DateTimeFormat().resolvedOptions().timeZone;
const untouched = select && !document.querySelector(".ui-error-summary");
if (untouched && [...select.options].some((option) => option.value === guess)) select.value = guess;
