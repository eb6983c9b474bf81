namespace Flatfile.Agent.Core.Drivers.Polling;

/// <summary>What is known of a listed event.</summary>
internal enum SeenAnswer
{
    /// <summary>It is taken now.</summary>
    New,

    /// <summary>It is being handled.</summary>
    InHand,

    /// <summary>It is settled, but its acknowledgement was lost or is on its way.</summary>
    Settled,

    /// <summary>It must wait at the source.</summary>
    NoRoom,
}
