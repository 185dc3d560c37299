/** What every list of candidates says of an order. */
export interface Order {
  id: string;
  number: string;
  channel: { name: string };
}

/** What it says of a line; which quantities, each list says for itself. */
export interface Line<Quantity extends string> {
  id: string;
  name: string;
  quantities: Readonly<Record<Quantity, number>>;
}

/** An order in the words of people. */
export const nameOf = ({ number, channel }: Order) => `order ${number} of ${channel.name}`;

/** One piece, or what is left where that is less than one. */
export const onePiece = (left: number) => Math.min(1, left);

/** What is left of a quantity: floats subtract with a rest, and the schema takes four decimals. */
export const leftOf = (all: number, ...taken: number[]) =>
  Math.round(taken.reduce((left, each) => left - each, all) * 10_000) / 10_000;
