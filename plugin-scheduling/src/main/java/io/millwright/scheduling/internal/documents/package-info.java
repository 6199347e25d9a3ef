/** Shops and plans as JSON and as tables. Nothing here is for users: it may change at any time. */
@NullMarked
package io.millwright.scheduling.internal.documents;

import org.jspecify.annotations.NullMarked;
