/**
 * The kit of pages and charts: builds self-contained pages in HTML with charts in SVG, without
 * scripts and without a reference to anything outside. It knows no area; the pages of our areas
 * live beside their commands, and plug-ins of others draw theirs with it. Public, follows semantic
 * versioning.
 */
@NullMarked
package io.millwright.reports;

import org.jspecify.annotations.NullMarked;
