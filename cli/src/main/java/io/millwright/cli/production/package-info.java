/** The commands of the area production. */
@NullMarked
package io.millwright.cli.production;

import org.jspecify.annotations.NullMarked;
