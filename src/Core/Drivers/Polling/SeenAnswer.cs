namespace Flatfile.Agent.Core.Drivers.Polling;

/// <summary>What is known of a listed event.</summary>
internal enum SeenAnswer
{
    /// <summary>It is taken now.</summary>
    New,

    /// <summary>It is being handled.</summary>
    InHand,

    /// <summary>It is settled, but its acknowledgement was lost: it is due again.</summary>
    Settled,

    /// <summary>It is settled, and acknowledged not long ago or just now.</summary>
    Acknowledged,

    /// <summary>It must wait at the source.</summary>
    NoRoom,
}
