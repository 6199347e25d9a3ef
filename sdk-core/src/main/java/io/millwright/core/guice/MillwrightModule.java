package io.millwright.core.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import io.millwright.api.Millwright;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings Millwright into a program that is wired with Guice: binds {@link Millwright} and the
 * facades that are named, so that they can be injected. The instance is made when it is first
 * needed and closed with this module.
 *
 * <pre>{@code
 * try (MillwrightModule module = MillwrightModule.of(Millwright.builder(), Press.class)) {
 *   Injector injector = Guice.createInjector(module, new ProgramModule());
 *   injector.getInstance(Program.class).run();
 * }
 * }</pre>
 *
 * <p>One module has one instance, however many injectors it is installed in. Thread-safe.
 */
public final class MillwrightModule extends AbstractModule implements AutoCloseable {

  private final Millwright.Builder builder;
  private final List<Class<?>> facades;
  private @Nullable Millwright millwright;
  private boolean closed;

  private MillwrightModule(Millwright.Builder builder, List<Class<?>> facades) {
    this.builder = Objects.requireNonNull(builder, "builder");
    this.facades = List.copyOf(facades);
  }

  /**
   * A module.
   *
   * @param builder the settings; not to be used elsewhere
   * @param facades the facades to bind, each as {@link Millwright#plugin} gives it
   * @return the module; the caller closes it when the program ends
   */
  public static MillwrightModule of(Millwright.Builder builder, Class<?>... facades) {
    return new MillwrightModule(builder, new ArrayList<>(List.of(facades)));
  }

  @Override
  protected void configure() {
    bind(Millwright.class).toProvider(this::millwright).in(Scopes.SINGLETON);
    facades.forEach(this::bindFacade);
  }

  private <F> void bindFacade(Class<F> facade) {
    bind(facade).toProvider(() -> millwright().plugin(facade)).in(Scopes.SINGLETON);
  }

  private synchronized Millwright millwright() {
    if (closed) {
      throw new IllegalStateException(
          "this module is closed\nMaybe close it only when the program ends");
    }
    Millwright made = millwright;
    if (made == null) {
      made = builder.build();
      millwright = made;
    }
    return made;
  }

  /** Closes the instance, if it was made. Closing twice does nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    Millwright made = millwright;
    millwright = null;
    if (made != null) {
      made.close();
    }
  }
}
