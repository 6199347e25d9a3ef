/** Learning from tables for users without a plug-in. Internal. */
@NullMarked
package io.millwright.core.learn.door;

import org.jspecify.annotations.NullMarked;
