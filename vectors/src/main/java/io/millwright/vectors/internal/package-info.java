/** The files behind an index. Internal: may change in any release. */
@NullMarked
package io.millwright.vectors.internal;

import org.jspecify.annotations.NullMarked;
