import { Button, Tabs } from "@mantine/core";
import { IconKey, IconLock, IconUserPlus } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useMay } from "../../api/me.ts";
import { EmptyState } from "../../components/EmptyState.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { ApiKeys } from "./ApiKeys.tsx";
import { CreateApiKey } from "./CreateApiKey.tsx";
import { InviteMember } from "./InviteMember.tsx";
import { Members } from "./Members.tsx";

export function MembersPage() {
  const { tab = "members" } = useSearch({ from: "/shell/members" });
  const navigate = useNavigate();
  const mayRead = useMay("access:read");
  const mayManage = useMay("access:manage");
  const [making, setMaking] = useState<"member" | "key" | null>(null);
  if (!mayRead)
    return (
      <EmptyState
        icon={IconLock}
        title="Operators and auditors see the members"
        sentence="Ask an operator of your organization for what you need."
      />
    );
  return (
    <>
      <PageHeader
        title="Members"
        sentence="Who may do what here, and which programs may call served models."
        actions={
          mayManage &&
          (tab === "keys" ? (
            <Button
              leftSection={<IconKey size={16} aria-hidden />}
              onClick={() => setMaking("key")}
            >
              Create an API key
            </Button>
          ) : (
            <Button
              leftSection={<IconUserPlus size={16} aria-hidden />}
              onClick={() => setMaking("member")}
            >
              Invite a member
            </Button>
          ))
        }
      />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          void navigate({
            to: "/members",
            search: { tab: next === "keys" ? "keys" : undefined },
            replace: true,
          })
        }
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="members">Members</Tabs.Tab>
          <Tabs.Tab value="keys">API keys</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="members">
          <Members />
        </Tabs.Panel>
        <Tabs.Panel value="keys">
          <ApiKeys onCreate={() => setMaking("key")} />
        </Tabs.Panel>
      </Tabs>
      {making === "member" && <InviteMember onClose={() => setMaking(null)} />}
      {making === "key" && <CreateApiKey onClose={() => setMaking(null)} />}
    </>
  );
}
