package io.millwright.connect.opcua;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.CompositeValidator;
import org.eclipse.milo.opcua.sdk.server.identity.UsernameIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.CertificateManager;
import org.eclipse.milo.opcua.stack.core.security.CertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.DefaultServerCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/** A real server in this process, whose nodes say what the test wants, exactly once. */
final class PlantServer implements AutoCloseable {

  static final String SPACE = "urn:test:plant";

  final MemoryTrustListManager trusted = new MemoryTrustListManager();
  private final OpcUaServer server;
  private final Plant plant;
  private final int port;

  /** Starts one; secured without an open door, else with nothing but that. */
  PlantServer(int port, boolean secured, String... names) throws Exception {
    this.port = port;
    CertificateQuarantine quarantine = new MemoryCertificateQuarantine();
    DefaultApplicationGroup group =
        DefaultApplicationGroup.createAndInitialize(
            trusted,
            new MemoryCertificateStore(),
            new RsaSha256CertificateFactory() {
              @Override
              protected X509Certificate[] createRsaSha256CertificateChain(KeyPair pair)
                  throws Exception {
                return new X509Certificate[] {
                  new SelfSignedCertificateBuilder(pair)
                      .setCommonName("plant")
                      .setApplicationUri("urn:test:server")
                      .addDnsName("localhost")
                      .build()
                };
              }
            },
            new DefaultServerCertificateValidator(trusted, quarantine));
    CertificateManager certificates = new DefaultCertificateManager(quarantine, group);
    X509Certificate own = group.getCertificateEntries().get(0).certificateChain[0];
    Set<EndpointConfig> doors = new LinkedHashSet<>();
    EndpointConfig.Builder door =
        EndpointConfig.newBuilder()
            .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
            .setBindAddress("localhost")
            .setHostname("a-name-only-the-server-knows")
            .setPath("/plant")
            .setBindPort(port)
            .setCertificate(own)
            .addTokenPolicies(
                OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS,
                OpcUaServerConfig.USER_TOKEN_POLICY_USERNAME);
    if (secured) {
      doors.add(
          door.copy()
              .setSecurityPolicy(SecurityPolicy.Basic256Sha256)
              .setSecurityMode(MessageSecurityMode.SignAndEncrypt)
              .build());
    }
    EndpointConfig.Builder open =
        door.copy()
            .setSecurityPolicy(SecurityPolicy.None)
            .setSecurityMode(MessageSecurityMode.None);
    doors.add(secured ? open.setPath("/plant/discovery").build() : open.build());
    server =
        new OpcUaServer(
            OpcUaServerConfig.builder()
                .setApplicationUri("urn:test:server")
                .setApplicationName(LocalizedText.english("plant"))
                .setProductUri("urn:test:server")
                .setEndpoints(doors)
                .setCertificateManager(certificates)
                .setIdentityValidator(
                    new CompositeValidator(
                        AnonymousIdentityValidator.INSTANCE,
                        new UsernameIdentityValidator(
                            who ->
                                who.getUsername().equals("line1")
                                    && who.getPassword().equals("secret"))))
                .build(),
            profile -> new OpcTcpServerTransport(OpcTcpServerTransportConfig.newBuilder().build()));
    plant = new Plant(server, names);
    plant.startup();
    server.startup().get(5, TimeUnit.MINUTES);
  }

  String address() {
    return "opc.tcp://localhost:" + port + "/plant";
  }

  /** A node reads a value at a time. */
  void says(String name, Object value, long status, Instant time) {
    plant.says(
        name,
        new DataValue(
            Variant.of(value), new StatusCode(status), new DateTime(time), DateTime.now()));
  }

  Object valueOf(String name) {
    return plant.nodes.get(name).getValue().value().value();
  }

  @Override
  public void close() throws Exception {
    plant.shutdown();
    server.shutdown().get(5, TimeUnit.MINUTES);
  }

  private static final class Plant extends ManagedNamespaceWithLifecycle {
    private final Map<String, UaVariableNode> nodes = new ConcurrentHashMap<>();
    private final List<DataItem> items = new CopyOnWriteArrayList<>();

    Plant(OpcUaServer server, String... names) {
      super(server, SPACE);
      getLifecycleManager().addStartupTask(() -> List.of(names).forEach(this::add));
    }

    private void add(String name) {
      UaVariableNode node =
          new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
              .setNodeId(newNodeId(name))
              .setBrowseName(newQualifiedName(name))
              .setDisplayName(LocalizedText.english(name))
              .setDataType(NodeIds.Double)
              .setTypeDefinition(NodeIds.BaseDataVariableType)
              .setAccessLevel(AccessLevel.READ_WRITE)
              .setUserAccessLevel(AccessLevel.READ_WRITE)
              .build();
      // What was read when the plant was last changed, long ago.
      node.setValue(
          new DataValue(
              Variant.of(-1.0),
              StatusCode.GOOD,
              new DateTime(Instant.parse("2026-01-01T00:00:00Z")),
              DateTime.now()));
      getNodeManager().addNode(node);
      nodes.put(name, node);
    }

    private void says(String name, DataValue value) {
      nodes.get(name).setValue(value);
      NodeId id = newNodeId(name);
      for (DataItem item : items) {
        if (item.getReadValueId().getNodeId().equals(id)) {
          item.setValue(value);
        }
      }
    }

    @Override
    public void onDataItemsCreated(List<DataItem> created) {
      for (DataItem item : created) {
        Object name = item.getReadValueId().getNodeId().getIdentifier();
        DataValue now = nodes.get(String.valueOf(name)).getValue();
        item.setValue(now.copy(b -> b.setServerTime(DateTime.now())));
        items.add(item);
      }
    }

    @Override
    public void onDataItemsModified(List<DataItem> modified) {}

    @Override
    public void onDataItemsDeleted(List<DataItem> deleted) {
      items.removeAll(deleted);
    }

    @Override
    public void onMonitoringModeChanged(List<MonitoredItem> changed) {}
  }
}
