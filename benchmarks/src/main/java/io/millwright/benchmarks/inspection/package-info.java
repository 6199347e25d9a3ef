/** Inspection by images: accuracy and label sets by cross-validation, and with few images. */
@NullMarked
package io.millwright.benchmarks.inspection;

import org.jspecify.annotations.NullMarked;
