/** What the rooms of the plug-in share: ends of searches, clocks. Internal. */
@NullMarked
package io.millwright.production.internal.support;

import org.jspecify.annotations.NullMarked;
