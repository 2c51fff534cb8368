"""Starts Patroni, and mends the lead of a Patroni before 3.0.3. Rendered by careinit; changes here are lost.

Such a Patroni writes the leader's key whatever stands there, and lets any running primary lead where nobody does. One that
stood still for longer than its lease so takes the lead back from its successor, and what that acknowledged is rewound.

Usage: launch.py PATRONI CONFIGURATION, by the Python that PATRONI names in its first line.
"""
import runpy
import sys

from patroni.dcs import catch_return_false_exception
from patroni.dcs.etcd3 import Etcd3, base64_encode
from patroni.ha import Ha
from patroni.version import __version__


def write_leader(dcs, conditions, retry):
    """Writes the leader's key where all conditions hold, in one transaction."""
    put = {"key": base64_encode(dcs.leader_path), "value": base64_encode(dcs._name), "lease": dcs._lease}
    request = {"compare": conditions, "success": [{"request_put": put}]}
    return bool(dcs._client.call_rpc("/kv/txn", request, retry).get("succeeded"))


def keep_lead(dcs, retry):
    """Renews the lease; writes the key only where it is still ours, or where it is gone and nobody has led since."""
    dcs._do_refresh_lease(True, retry)
    cluster = dcs.cluster
    if cluster and cluster.leader and (cluster.leader.name, cluster.leader.session) == (dcs._name, dcs._lease):
        return True
    key = base64_encode(dcs.leader_path)
    if write_leader(dcs, [{"target": "VALUE", "key": key, "value": base64_encode(dcs._name)}], retry):
        return True
    # Whoever leads first puts its name into the synchronous state: unchanged, it is proof that nobody did.
    if not cluster or cluster.sync.leader != dcs._name:
        return False
    gone = {"target": "CREATE", "key": key, "create_revision": 0}
    sync = {"target": "MOD", "key": base64_encode(dcs.sync_path), "mod_revision": cluster.sync.index}
    return write_leader(dcs, [gone, sync], retry)


@catch_return_false_exception
def update_leader(dcs):
    retry = dcs._retry.copy()
    return dcs._run_and_handle_exceptions(keep_lead, dcs, retry, retry=retry)


def excluding_replaced_primary(is_healthiest_node):
    """A primary whose successor is in the synchronous state may not lead, also while that one does not."""
    def answer(ha):
        sync = ha.cluster.sync
        replaced = (ha.is_synchronous_mode() and not ha.is_paused() and not sync.is_empty
                    and sync.leader != ha.state_handler.name and ha.state_handler.is_leader())
        return not replaced and is_healthiest_node(ha)
    return answer


if __name__ == "__main__":
    # An update of the package may come before the next rendering.
    if tuple(int(number) for number in __version__.split(".")[:3]) < (3, 0, 3):
        Etcd3._update_leader = update_leader
        Ha.is_healthiest_node = excluding_replaced_primary(Ha.is_healthiest_node)
    del sys.argv[0]
    runpy.run_path(sys.argv[0], run_name="__main__")
