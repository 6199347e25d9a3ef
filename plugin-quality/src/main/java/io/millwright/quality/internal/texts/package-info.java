/** Duplicates, mentions and trends of texts. Internal: may change in any release. */
@NullMarked
package io.millwright.quality.internal.texts;

import org.jspecify.annotations.NullMarked;
