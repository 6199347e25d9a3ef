/** What all that reads folders of images shares. Internal: may change in any release. */
@NullMarked
package io.millwright.quality.internal.images;

import org.jspecify.annotations.NullMarked;
