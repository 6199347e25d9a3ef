/** Key performance indicators by ISO 22400-2, with intervals where samples are few. Internal. */
@NullMarked
package io.millwright.production.internal.indicators;

import org.jspecify.annotations.NullMarked;
