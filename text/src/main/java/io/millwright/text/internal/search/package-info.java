/** Search in passages on Lucene. Internal. */
@NullMarked
package io.millwright.text.internal.search;

import org.jspecify.annotations.NullMarked;
