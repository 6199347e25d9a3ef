/**
 * Learning from texts: sparse linear models, linear chains and networks on subwords, chosen by what
 * they say of held-out texts. Internal.
 */
@NullMarked
package io.millwright.core.learn.text;

import org.jspecify.annotations.NullMarked;
