/** The documentation as a site; the tests of the house share the package. Not published. */
@NullMarked
package io.millwright.house;

import org.jspecify.annotations.NullMarked;
