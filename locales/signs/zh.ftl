# 印在招牌上的文字（中文）。
sign-before = 发送短信
sign-after = 至 { $number }
sign-scan = 或用相机扫一扫
sign-card = 集满{ $stamps }枚印章：{ $reward }。
sign-reward = { $points }可换：{ $reward }。
sign-welcome = 加入即得{ $points }。
sign-small = 发送“{ $phrase }”即表示您同意用该号码接收{ $shop }的会员优惠定期自动短信，每月最多{ $count }条。同意接收并非购买条件。可能产生短信和流量费用。回复“帮助”求助，回复“STOP”退订。
sign-contact = 咨询：{ $contact }
sign-terms = 条款与隐私：{ $terms }
