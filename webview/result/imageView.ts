import * as l10n from '@vscode/l10n';
import type { HttpBodyView } from '../../src/core/outcome/httpBodyView.ts';
import { create, setText } from '../dom.ts';

function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return btoa(parts.join(''));
}

/** An image as an `<img>`, in which an SVG can neither run scripts nor load anything. */
export function imageView({ mediaType, bytes }: Extract<HttpBodyView, { kind: 'image' }>): HTMLElement {
  const image = document.createElement('img');
  image.alt = l10n.t('Image in the body');
  const caption = create('figcaption', 'note', mediaType);
  image.addEventListener('load', () =>
    setText(caption, l10n.t('{0} · {1} × {2} pixels', mediaType, image.naturalWidth, image.naturalHeight)),
  );
  image.addEventListener('error', () => {
    image.hidden = true;
    setText(caption, l10n.t("{0} · The image can't be decoded. The Response tab shows its bytes.", mediaType));
  });
  image.src = `data:${mediaType};base64,${base64Of(bytes)}`;
  return create('figure', 'image', image, caption);
}
