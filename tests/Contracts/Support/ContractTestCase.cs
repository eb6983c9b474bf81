using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Contracts.Support;

/// <summary>A contract's test in one subclass, skipped when that class needs something that is missing.</summary>
public sealed class ContractTestCase : XunitTestCase
{
    /// <summary>For the test framework, which fills it from its own text.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("For the test framework only.")]
    public ContractTestCase()
    {
    }

    public ContractTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(diagnostics, display, options, method)
    {
    }

    protected override string? GetSkipReason(IAttributeInfo factAttribute) =>
        base.GetSkipReason(factAttribute) ?? TestMethod.TestClass.Class
            .GetCustomAttributes(typeof(NeedsAttribute)).OfType<IReflectionAttributeInfo>()
            .Select(needs => Requirement.SkipReason(((NeedsAttribute)needs.Attribute).Missing))
            .FirstOrDefault(reason => reason is not null);
}
