import { expect, it } from "vitest";
import {
  MARKER_LENGTH,
  markerIn,
  withMarker,
  withoutMarkers,
} from "../../src/connectors/marker.js";

const marker = "MarkerMarkerMarker0001";

it("stands behind what a person wrote, and is told from it again", () => {
  const text = withMarker(marker, "Broken (handle)");
  expect(text).toBe(`Broken (handle) (ref ${marker})`);
  expect(text.length - "Broken (handle)".length).toBe(MARKER_LENGTH);
  expect(markerIn(text)).toBe(marker);
  expect(withoutMarkers(text)).toBe("Broken (handle)");
});

it("stands alone where nobody wrote anything, and then nothing is shown", () => {
  expect(withMarker(marker)).toBe(`(ref ${marker})`);
  expect(withoutMarkers(withMarker(marker))).toBeNull();
});

it("is the last of several, since ours stands behind what a person wrote", () => {
  expect(markerIn(withMarker(marker, "again (ref OtherOtherOtherOther99)"))).toBe(marker);
});

it("is not found where people refer to something else", () => {
  expect(markerIn("see (ref 12)")).toBeNull();
  expect(withoutMarkers("see (ref 12)")).toBe("see (ref 12)");
  expect(markerIn(null)).toBeNull();
});
