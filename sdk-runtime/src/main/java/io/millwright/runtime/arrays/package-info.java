/**
 * Arrays of numbers in the files of NumPy: {@code .npy} and {@code .npz}. Pickled objects are never
 * read. Internal: may change in any release.
 */
@NullMarked
package io.millwright.runtime.arrays;

import org.jspecify.annotations.NullMarked;
