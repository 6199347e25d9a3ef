/** Commands of maintenance: remaining life, failures, life data. */
@NullMarked
package io.millwright.cli.maintenance;

import org.jspecify.annotations.NullMarked;
