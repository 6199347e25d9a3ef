/**
 * Similarity search: vectors with an id and tags in a folder, found again by their cosine
 * similarity, exactly or by a graph. Under semantic versioning.
 */
@NullMarked
package io.millwright.vectors;

import org.jspecify.annotations.NullMarked;
