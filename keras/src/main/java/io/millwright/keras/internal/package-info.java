/** How a file of Keras is read. Internal: may change in any release. */
@NullMarked
package io.millwright.keras.internal;

import org.jspecify.annotations.NullMarked;
