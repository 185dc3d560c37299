/** Something that one part of a test waits for until another lets it go on. */
export interface Door<T> {
  opened: Promise<T>;
  open(value: T): void;
}

export function door<T = void>(): Door<T> {
  let open = (_: T) => {};
  const opened = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
