using Flatfile.Agent;
using Flatfile.Agent.Drivers.AzureServiceBus;
using Flatfile.Agent.Drivers.AzureServiceBus.Doctor;

namespace Drivers.AzureServiceBus.Tests.Doctor;

/// <summary>The bus's settings against ours.</summary>
public sealed class EntityFindingsTests
{
    private static readonly EntityFacts AsItShouldBe = new()
    {
        RequiresSession = true,
        LockDuration = TimeSpan.FromMinutes(1),
        MaxDeliveryCount = 100,
        Waiting = 3,
        DeadLetters = 0,
        DetectsDuplicates = false,
        IsActive = true,
    };

    [Fact]
    public void WhatIsAsItShouldBeIsGood() => Assert.All(Of(AsItShouldBe), f => Assert.Equal((DoctorLevel.Good, null), (f.Level, f.ToDo)));

    [Fact]
    public void WhatTheDriverCreatesIsGood()
    {
        var queue = BusEntities.QueueOf(new AzureServiceBusOptions());

        Assert.Equal("flatfile-events", queue.Name);
        Assert.All(
            Of(AsItShouldBe with { RequiresSession = queue.RequiresSession, LockDuration = queue.LockDuration, MaxDeliveryCount = queue.MaxDeliveryCount, DetectsDuplicates = queue.RequiresDuplicateDetection }),
            f => Assert.Equal(DoctorLevel.Good, f.Level));
    }

    [Fact]
    public void EachDifferenceIsAFindingWithSomethingToDo()
    {
        (EntityFacts Facts, DoctorLevel Level, string Says)[] cases =
        [
            (AsItShouldBe with { RequiresSession = false }, DoctorLevel.Bad, "without sessions"),
            (AsItShouldBe with { IsActive = false }, DoctorLevel.Bad, "disabled"),
            (AsItShouldBe with { LockDuration = TimeSpan.FromSeconds(5) }, DoctorLevel.Warning, "00:00:05"),
            (AsItShouldBe with { MaxDeliveryCount = 10 }, DoctorLevel.Warning, "after 10 deliveries"),
            (AsItShouldBe with { DeadLetters = 2 }, DoctorLevel.Warning, "2 messages"),
            (AsItShouldBe with { DetectsDuplicates = true }, DoctorLevel.Warning, "detects duplicates"),
        ];
        foreach (var (facts, level, says) in cases)
        {
            var finding = Assert.Single(Of(facts), f => f.Level != DoctorLevel.Good);
            Assert.Equal(level, finding.Level);
            Assert.Contains(says, finding.What);
            Assert.NotNull(finding.ToDo);
        }
    }

    private static List<DoctorFinding> Of(EntityFacts facts) => [.. EntityFindings.Of(new AzureServiceBusOptions(), facts)];
}
