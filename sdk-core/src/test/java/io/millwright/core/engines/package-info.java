/** Tests of the engines beside each other. */
@NullMarked
package io.millwright.core.engines;

import org.jspecify.annotations.NullMarked;
