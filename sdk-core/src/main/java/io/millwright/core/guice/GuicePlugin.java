package io.millwright.core.guice;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import io.millwright.api.spi.ApiRange;
import io.millwright.api.spi.Parts;
import io.millwright.api.spi.Plugin;
import io.millwright.api.spi.PluginContext;
import java.util.List;
import java.util.Objects;

/**
 * The base class of plug-ins that wire themselves with Guice. A subclass has a public constructor
 * without arguments, gives its name, and lists its modules, at least one of which is a {@link
 * PluginModule} that says what the plug-in offers.
 *
 * <p>Each {@link io.millwright.api.Millwright} gets an injector of its own, in {@link
 * Stage#PRODUCTION}: singletons are made at start, bindings must be explicit, constructors must be
 * marked with {@code jakarta.inject.Inject}, annotations must match exactly, and circular
 * dependencies are errors. Faults in the wiring reach the report of Millwright with Guice's whole
 * text.
 *
 * <p>Bound for the plug-in: {@link PluginContext}, {@link io.millwright.api.spi.LearningToolkit},
 * {@link io.millwright.api.spi.Jobs}, {@link java.time.Clock}, {@link
 * java.util.concurrent.Executor}, and the settings as {@code Map<String, String>} marked with
 * {@link PluginConfig}.
 *
 * <p>Immutable and thread-safe as long as the subclass is.
 */
public abstract class GuicePlugin implements Plugin {

  private final String name;
  private final ApiRange requires;

  /**
   * A plug-in.
   *
   * @param name lower-case letters, digits and dashes; settings start with it
   * @param requires the versions of the plug-in interface that it works with; written as {@code new
   *     ApiRange(ApiRange.CURRENT, ApiRange.CURRENT)} it is the version the plug-in is compiled
   *     against, since the compiler copies the constant
   */
  protected GuicePlugin(String name, ApiRange requires) {
    this.name = Objects.requireNonNull(name, "name");
    this.requires = Objects.requireNonNull(requires, "requires");
  }

  /**
   * The modules of the plug-in, made anew at each call.
   *
   * @return the modules
   */
  protected abstract List<Module> modules();

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final ApiRange requires() {
    return requires;
  }

  /**
   * Makes the injector and all facades.
   *
   * @throws com.google.inject.CreationException when the wiring is faulty
   */
  @Override
  public final Parts create(PluginContext context) {
    Injector injector =
        Guice.createInjector(
            Stage.PRODUCTION,
            new ContextModule(context),
            binder -> modules().forEach(binder::install));
    return InjectedParts.of(injector);
  }
}
