using Xunit.Sdk;

namespace Contracts.Support;

/// <summary>A test of a contract: a fact, skipped when the subclass needs something that is missing here.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Contracts.Support.ContractFactDiscoverer", "Contracts")]
public sealed class ContractFactAttribute : FactAttribute;
