/**
 * Sequential networks that Keras saved, with their weights. Files are read as data: a layer that
 * holds code (Lambda) is refused, and nothing of Python is needed. Under semantic versioning.
 */
@NullMarked
package io.millwright.keras;

import org.jspecify.annotations.NullMarked;
