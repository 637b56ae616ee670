import type { NodePrice } from "@preceptor/domain";
import { MoneyAmount } from "../../../components/MoneyAmount.tsx";

export const PriceFigure = ({ price }: { price: NodePrice }) => (
  <span>
    <MoneyAmount value={{ amount: price.perNodeHour, currency: price.currency }} /> an hour
  </span>
);
