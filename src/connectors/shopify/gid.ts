/** Shopify's global id of a thing: `gid://shopify/Order/5450000032773`. Takes a number as text, or a gid as it is. */
export function gid(type: string, id: string): string {
  return id.startsWith("gid://") ? id : `gid://shopify/${type}/${id}`;
}

/** The word for the kind of thing that a gid names, or null for other text. */
export function typeOfGid(id: string): string | null {
  return /^gid:\/\/shopify\/(\w+)\/[\w-]+/.exec(id)?.[1] ?? null;
}
