// Engines emit arithmetic in the order of a module's code, and Binaryen, which optimizes that code, moves each product next to the sum
// that takes it, and a sum into the step after. Where the order counts, a loop asks between whether to break here:
//
//     product = v128.mul<T>(factor, b0);
//     if (fence) break;
//     c1 = v128.add<T>(c1, v128.mul<T>(factor, b1));   // both products, then both sums
//     c0 = v128.add<T>(product, c0);
//
// It never does, but Binaryen cannot know. A value may still pass whose operands it has in locals and that no break needs: it is asked
// for behind the loop, `if (fence) v128.store(c, product)`. At last .tools/finish-kernels.mjs takes the questions out.

/** Never true. Exported, since Binaryen knows the value of what no host can write. */
export let fence: bool = false;
