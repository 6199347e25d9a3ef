/**
 * Life data, repairable systems and policies of replacement. Internal: may change in any release.
 */
@NullMarked
package io.millwright.maintenance.internal.reliability;

import org.jspecify.annotations.NullMarked;
