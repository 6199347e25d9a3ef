/** The implementation of the sample plug-in. Internal: nothing here may be used from outside. */
@NullMarked
package io.millwright.sample.press.internal;

import org.jspecify.annotations.NullMarked;
