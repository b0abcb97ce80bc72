import { startPage } from './page.ts';

// The toolkit takes the theme's colours when the page has loaded, in a listener that stands before this one. Elements that
// are made before it are styled and laid out twice, at a third of the time the form takes to open.
window.addEventListener('load', startPage);
