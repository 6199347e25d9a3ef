/**
 * Data as users hold it: columns with types and units, rows, tables, and histories of units over
 * time; their own Java records become rows through {@link io.millwright.api.data.Features}.
 * Everything here is immutable, owns its memory and knows nothing of learning. Every type here is
 * under semantic versioning.
 */
@NullMarked
package io.millwright.api.data;

import org.jspecify.annotations.NullMarked;
