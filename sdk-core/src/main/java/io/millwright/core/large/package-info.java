/**
 * Learning from tables that do not fit into memory. Public; for hosts, which get {@link
 * io.millwright.core.large.LargeLearning} from {@code millwright.plugin(LargeLearning.class)}.
 */
@NullMarked
package io.millwright.core.large;

import org.jspecify.annotations.NullMarked;
