import { createChoice } from './ask.ts';
import type { Choice } from './choice.ts';

interface Question<Item extends Choice> {
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly Item[];
  /** The label of the row that accepts the entered text. */
  readonly useText: string;
  /** Why a text can't be used. */
  readonly problem?: (text: string) => string | undefined;
}

/** Prompts for a row or any text. The current row is active. Returns undefined if canceled. */
export async function askChoiceOrText<Item extends Choice>({
  title,
  placeholder,
  items,
  useText,
  problem = () => undefined,
}: Question<Item>): Promise<Item | string | undefined> {
  const picker = createChoice<Item | Choice>(title);
  picker.matchOnDescription = true;
  picker.placeholder = placeholder;
  const asTyped: Choice = { icon: 'edit', label: useText, alwaysShow: true };
  const current = items.filter(({ isCurrent = false }) => isCurrent);
  picker.setRows([...items, asTyped], () => (current.length > 0 ? current : undefined));
  return new Promise((resolve) => {
    picker.onDidAccept((item = asTyped) => {
      const chosen = items.find((one) => one === item);
      const text = picker.value.trim();
      if (chosen === undefined && text === '') return; // nothing was entered
      const reason = chosen === undefined ? problem(text) : undefined;
      if (reason !== undefined) {
        const why: Choice = { icon: 'warning', label: reason, alwaysShow: true };
        picker.setRows([...items, asTyped, why], () => [asTyped]);
        return;
      }
      resolve(chosen ?? text);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}
