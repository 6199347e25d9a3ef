/** Commands of scheduling: plans of shops and their check. */
@NullMarked
package io.millwright.cli.scheduling;

import org.jspecify.annotations.NullMarked;
