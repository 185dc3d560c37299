/** One seed of every random choice in these tests; the same seed, the same bodies. */
export const seed = Number(process.env.FUZZ_SEED ?? 20_260_401);

console.info(`fuzzing with FUZZ_SEED=${seed}`);
